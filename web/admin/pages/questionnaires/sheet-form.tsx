import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input, type InputRef } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type SheetBatchView,
  sheetBatchView,
} from '../../../../src/feedback/questionnaire/batch-contract.ts';
import type { Question } from '../../../../src/feedback/questionnaire/content-contract.ts';
import { call } from '../../api/call.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { allQuestions } from './content-edit.ts';
import { useWordsIn } from './questionnaire-words.tsx';
import { answersOf } from './typed.ts';

interface Props {
  batch: SheetBatchView;
  /** where the sheet goes: typed first, or a second time */
  to: 'sheets' | 'checks';
  /** the next number; what is typed may differ */
  next: number;
  onSaved: (batch: SheetBatchView) => void;
}

type Line = Record<string, string | undefined>;

/**
 * A paper sheet for hands that stay on the keyboard: a field a question, numbers for ticks; Tab goes on,
 * Enter saves and begins the next sheet.
 */
export function SheetForm({ batch, to, next, onSaved }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Line>();
  const [id, setId] = useState(() => crypto.randomUUID());
  const first = useRef<InputRef>(null);
  const questions = allQuestions(batch.content);
  const asked = to === 'checks' ? questions.filter(({ kind }) => kind !== 'text') : questions;
  const save = useMutation({
    mutationFn: ({ number, ...typed }: Line) =>
      call(sheetBatchView, `/questionnaire-batches/${batch.id}/${to}`, {
        body: {
          ...(to === 'sheets' ? { id } : {}),
          number: Number(number),
          answers: answersOf(batch.content, typed),
        },
      }),
    onSuccess: (saved) => {
      setId(crypto.randomUUID());
      form.setFieldsValue(Object.fromEntries(questions.map((question) => [question.id, ''])));
      onSaved(saved);
      first.current?.focus();
    },
  });
  return (
    <>
      <ProblemAlert error={save.error} />
      <Form<Line>
        key={`${to}-${next}`}
        form={form}
        layout="horizontal"
        className="yp-sheet-form"
        initialValues={{ number: String(next) }}
        onFinish={(values) => save.mutate(values)}
      >
        <Form.Item name="number" label={t('paper.sheetNumber')}>
          <Input className="yp-w6" maxLength={4} inputMode="numeric" autoComplete="off" />
        </Form.Item>
        {asked.map((question, at) => (
          <QuestionField
            key={question.id}
            question={question}
            place={questions.indexOf(question) + 1}
            focus={at === 0 ? first : undefined}
          />
        ))}
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t(to === 'sheets' ? 'paper.save' : 'paper.check')}
        </Button>
      </Form>
    </>
  );
}

interface FieldProps {
  question: Question;
  place: number;
  focus: React.Ref<InputRef> | undefined;
}

function QuestionField({ question, place, focus }: FieldProps) {
  const { t } = useTranslation();
  const wordsIn = useWordsIn();
  const hint =
    question.kind === 'single' || question.kind === 'multiple'
      ? question.options.map(({ label }, at) => `${at + 1} ${wordsIn(label)}`).join('　')
      : t(`paper.kinds.${question.kind}`, { points: question.kind === 'scale' ? question.points : 10 });
  return (
    <Form.Item
      name={question.id}
      label={`${place}. ${wordsIn(question.title)}（${question.id}）`}
      extra={hint}
      layout="vertical"
    >
      <Input
        {...(focus ? { ref: focus } : {})}
        maxLength={question.kind === 'text' ? 2000 : 60}
        autoComplete="off"
      />
    </Form.Item>
  );
}
