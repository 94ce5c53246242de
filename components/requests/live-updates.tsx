'use client'

import { Pause, Play } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useState, useTransition } from 'react'
import { Button } from '../ui/button.tsx'
import { cn } from '../ui/cn.ts'

const everyMs = 2_000

/** Asks for the page again and again while it is looked at; the next time only when the last has been answered. */
export function LiveUpdates() {
  const t = useTranslations('requests.live')
  const router = useRouter()
  const [isOn, setOn] = useState(true)
  const [pending, start] = useTransition()
  useEffect(() => {
    if (!isOn || pending) return
    const refresh = () => {
      if (!document.hidden) start(() => router.refresh())
    }
    const timer = setInterval(refresh, everyMs)
    document.addEventListener('visibilitychange', refresh)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', refresh)
    }
  }, [isOn, pending, router])
  return (
    <Button
      onClick={() => setOn(!isOn)}
      aria-pressed={isOn}
      aria-label={isOn ? t('pause') : t('resume')}
      title={isOn ? t('pause') : t('resume')}
    >
      {isOn ? <Pause /> : <Play />}
      {isOn ? t('on') : t('off')}
      <span
        aria-hidden="true"
        className={cn('size-1.5 rounded-full', isOn ? 'animate-shimmer bg-positive' : 'bg-control')}
      />
    </Button>
  )
}
